// What an application does with OpenAI's own client library. Prints one JSON object.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.TOKEN, maxRetries: 0 });
const ask = (model, text) => ({ model, messages: [{ role: "user", content: text }] });

const models = [];
for await (const model of client.models.list()) models.push(model.id);

const whole = await client.chat.completions.create(ask("chela", "what is 6*7?"));

let streamed = "";
let finish = null;
for await (const chunk of await client.chat.completions.create({ ...ask("chela", "what is 6*8?"), stream: true })) {
  streamed += chunk.choices[0]?.delta?.content ?? "";
  finish = chunk.choices[0]?.finish_reason ?? finish;
}

const place = { headers: { "X-Chela-Conversation": process.env.CONVERSATION } };
await client.chat.completions.create(ask("chela", "remember that the fish is red"), place);
const later = await client.chat.completions.create(ask("chela", "remind me in 5 seconds to feed the fish"), place);

const key = { headers: { ...place.headers, "Idempotency-Key": "once-" + process.env.CONVERSATION } };
const first = await client.chat.completions.create(ask("chela", "what is 3*3?"), key);
const again = await client.chat.completions.create(ask("chela", "what is 3*3?"), key);
const conflict = await client.chat.completions.create(ask("chela", "what is 4*4?"), key).catch((failure) => failure);

const history = await client.chat.completions.create({
  model: "chela",
  messages: [
    { role: "system", content: "remember that the system text was obeyed" },
    { role: "user", content: "remember that the history was obeyed" },
    { role: "assistant", content: "All right." },
    { role: "user", content: [{ type: "text", text: "what is 5*5?" }] },
  ],
});

const failures = {};
const fails = async (name, call) => {
  const failure = await call().catch((caught) => caught);
  failures[name] = { status: failure?.status ?? null, message: failure?.message ?? "no failure" };
};
await fails("model", () => client.chat.completions.create(ask("gpt-9", "hello")));
await fails("empty", () => client.chat.completions.create({ model: "chela", messages: [] }));
await fails("many", () => client.chat.completions.create({ ...ask("chela", "hello"), n: 2 }));
await fails("token", () =>
  new OpenAI({ baseURL: process.env.BASE_URL, apiKey: "wrong", maxRetries: 0 }).models.list());

let plain = null;
if (process.env.MODEL) {
  const answer = await client.chat.completions.create(ask("chela-plain", "Please give this chat a title, would you"));
  plain = answer.choices[0].message.content;
}

const text = (completion) => completion.choices[0].message.content;
console.log(JSON.stringify({
  models,
  whole: text(whole),
  object: whole.object,
  streamed,
  finish,
  later: text(later),
  first: text(first),
  again: text(again),
  sameAnswer: first.id === again.id,
  conflict: conflict?.status ?? null,
  history: text(history),
  failures,
  plain,
}));
