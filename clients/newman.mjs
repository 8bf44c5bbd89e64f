// Signs in as Awa and runs a collection: node newman.mjs COLLECTION URL
import newman from "newman";

const [collection, baseUrl] = process.argv.slice(2);
const form = { grant_type: "password", username: "awa@example.com", password: "mangues-du-marche" };
const signedIn = await fetch(`${baseUrl}/v1/auth/token`, { method: "POST", body: new URLSearchParams(form) });
const { access_token } = await signedIn.json();
const envVar = [
  { key: "baseUrl", value: baseUrl },
  { key: "accessToken", value: access_token },
];
newman.run({ collection, envVar, timeoutRequest: 10_000, reporters: [] }, (error, { run }) => {
  const { assertions } = run.stats;
  for (const { source, error: why } of run.failures) {
    console.error(`${source?.name}: ${why.message}`);
  }
  console.log(`${assertions.total - assertions.failed} of ${assertions.total} reads succeed`);
  process.exitCode = error || run.failures.length > 0 || assertions.total === 0 ? 1 : 0;
});
