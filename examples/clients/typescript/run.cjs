// run.cjs URL TOKEN_FILE PROJECT deploy FILE     a descriptor in JSON
// run.cjs URL TOKEN_FILE PROJECT remove GRAPH
const { readFileSync } = require('node:fs');
const { Smo, problem } = require('./built/deploy.js');

async function main(url, tokenFile, project, command, subject) {
  const smo = new Smo(url, readFileSync(tokenFile, 'utf8').trim());
  try {
    return command === 'deploy'
      ? await smo.deploy(project, JSON.parse(readFileSync(subject, 'utf8')))
      : await smo.remove(project, subject);
  } catch (refused) {
    process.exitCode = 1;
    const { status, detail, errors = [] } = await problem(refused);
    return { status, detail, errors: Object.fromEntries(errors.map((error) => [error.pointer, error.message])) };
  }
}

main(...process.argv.slice(2)).then((result) => console.log(JSON.stringify(result, null, 2)));
