import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@jaunt/source"] },
  ssr: { resolve: { conditions: ["@jaunt/source"] } },
  test: {
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["packages/**/src/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/**/*.test.ts", "bench/src/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "tests/faults/**"],
          globalSetup: ["tests/global-setup.ts"],
          setupFiles: ["tests/setup.ts"],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          globalSetup: ["tests/global-setup.ts"],
          setupFiles: ["tests/setup.ts"],
          testTimeout: 120_000,
          // Each of these runs real builds; more at once than there are cores would only move the instants.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
