/** The environment a child process gets: everything but what may hold a key, a token or another secret. */
export function cleanEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !secretName.test(name)) kept[name] = value;
  }
  return kept;
}

const secretName: RegExp =
  /(?:^|_)(?:API_?KEYS?|ACCESS_?KEY(?:_ID)?|PRIVATE_?KEY|AUTH_?TOKEN|TOKENS?|SECRETS?|PASSWORD|PASSWD|CREDENTIALS?|KEY)(?:_|$)/i;
