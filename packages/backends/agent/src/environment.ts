import type { Agent } from "./agent.ts";

/**
 * What an agent inherits: what programs need to run, to reach the network and to find who is signed in. A list of what may pass, so
 * that no provider's key does: a call is billed to the sign-in and to nothing else.
 */
export function agentEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  agent: Pick<Agent, "variables">,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (agent.variables.includes(entry[0]) || inherited.test(entry[0])),
  );
  return { ...Object.fromEntries(kept), TERM: "dumb", NO_COLOR: "1", DISABLE_AUTOUPDATER: "1" };
}

const inherited = new RegExp(
  `^(?:${[
    "PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\\w+|TZ|XDG_\\w+|DBUS_SESSION_BUS_ADDRESS|VOLTA_HOME",
    "HTTPS?_PROXY|ALL_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR",
    "USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(?:\\(X86\\))?",
    "SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE",
  ].join("|")})$`,
  "i",
);
