// mqtt.js for the tests of src-it/java/io/github/cdimqtt/interop: a line of JSON on standard input for each command, one on
// standard output for each event. It ends when its input does.
const mqtt = require('mqtt');
const readline = require('readline');

const client = mqtt.connect(process.argv[2], { protocolVersion: 5, reconnectPeriod: 0 });

const print = (event, more) => console.log(JSON.stringify({ event, ...more }));

const fail = (error) => {
  console.log(`Error: ${error.message}`);
  process.exit(1);
};

// mqtt.js gives the values of a name that occurs more than once as an array.
const pairs = (user) =>
  Object.entries(user || {}).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));

const grouped = (user) =>
  user.reduce((all, [name, value]) => ({ ...all, [name]: [...(all[name] || []), value] }), {});

const properties = (command) =>
  Object.fromEntries(
    Object.entries({
      contentType: command.contentType || undefined,
      responseTopic: command.responseTopic || undefined,
      correlationData: command.correlation ? Buffer.from(command.correlation, 'latin1') : undefined,
      payloadFormatIndicator: command.isText || undefined,
      messageExpiryInterval: command.expiry,
      userProperties: command.user.length ? grouped(command.user) : undefined,
    }).filter(([, value]) => value !== undefined),
  );

const run = (command) => {
  if (command.subscribe) {
    client.subscribe(command.subscribe, { qos: 2 }, (error) => (error ? fail(error) : print('subscribed')));
  } else {
    const options = { qos: command.qos, retain: command.retained, properties: properties(command) };
    client.publish(command.publish, command.text, options, (error) => (error ? fail(error) : print('published')));
  }
};

client.on('error', fail);
client.on('connect', () => print('connected'));
client.on('message', (topic, payload, packet) => {
  const sent = packet.properties || {};
  print('message', {
    topic,
    text: payload.toString(),
    qos: packet.qos,
    retained: packet.retain,
    contentType: sent.contentType || '',
    responseTopic: sent.responseTopic || '',
    correlation: sent.correlationData ? sent.correlationData.toString('latin1') : '',
    isText: sent.payloadFormatIndicator === true,
    expiry: sent.messageExpiryInterval,
    user: pairs(sent.userProperties),
  });
});

readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => run(JSON.parse(line)))
  .on('close', () => client.end(false, () => process.exit(0)));
