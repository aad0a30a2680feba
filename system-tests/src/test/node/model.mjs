// A scripted model behind an OpenAI-compatible endpoint that others wrote. Prints its address when it listens.
// What it is asked decides what it says; `/v1/...` of the address in `base-url` is where Chela calls it.
import { LLMock } from "@copilotkit/aimock";

const mock = new LLMock({ port: 0, host: "127.0.0.1" });

/** The result of a tool in this turn, as text; empty before. */
const result = (request) => {
  const last = request.messages.at(-1);
  return last?.role === "tool" ? String(last.content) : "";
};
const asked = (words) => (request) => {
  const said = request.messages.filter((message) => message.role === "user").at(-1)?.content ?? "";
  return String(said).includes(words) && !result(request);
};
const toldAfter = (words) => (request) => {
  const said = request.messages.filter((message) => message.role === "user").at(-1)?.content ?? "";
  return String(said).includes(words) && result(request) !== "";
};
const on = (predicate, response, more = {}) => mock.addFixture({ match: { predicate }, response, ...more });
const call = (name, args) => ({ toolCalls: [{ name, arguments: JSON.stringify(args) }] });

/** Asked in these words the model calls a function, and then says what came of it. */
const uses = (words, name, args) => {
  on(asked(words), typeof args === "function" ? () => call(name, args()) : call(name, args));
  on(toldAfter(words), (request) => ({ content: `Done. The tool said: ${result(request)}` }));
};

// the scenarios in free wording
uses("the office plant is a ficus", "memory__remember", { text: "the office plant is a ficus" });
uses("any idea what grows in our office", "memory__recall", { query: "office plant" });
uses("that plant thing is none of your business", "memory__forget", { query: "office plant" });
uses("make sure I don't forget the backup", "schedule__remind", () => ({
  timing: { kind: "once", at: new Date(Date.now() + 5000).toISOString() },
  action: "REMIND",
  text: "look at the backup",
}));
uses("办公室的备份", "schedule__remind", () => ({
  timing: { kind: "once", at: new Date(Date.now() + 5000).toISOString() },
  action: "REMIND",
  text: "看看备份",
}));
on(asked("I prefer short answers"), { content: "As you like." });
uses("show me my own taste in a moment", "schedule__remind", () => ({
  timing: { kind: "once", at: new Date(Date.now() + 3000).toISOString() },
  action: "DO",
  text: "well now, what was that taste of mine",
}));
on(asked("what was that taste of mine"), (request) => ({
  content: `I was told: ${request.messages.find((message) => message.role === "system")?.content.split("wants things done")[1]}`,
}));
uses("how full is this box", "host__disk", {});
uses("poke around in the sandbox", "shell__run", { command: "echo poked" });
uses("a tool that is not there", "coffee__brew", { cups: 2 });
on(asked("arguments that are no JSON"), { toolCalls: [{ name: "memory__recall", arguments: "{query: " }] });
on(toldAfter("arguments that are no JSON"), (request) => ({ content: `I was told: ${result(request)}` }));
on(asked("round and round") , call("host__load", {}));
on(toldAfter("round and round"), call("host__load", {}));

// free conversation, in pieces
on(asked("tell me a story about a lobster"), {
  content: "Once upon a time a lobster lived under a pier. ".repeat(12) + "The end.",
}, { chunkSize: 20, latency: 20 });
on(asked("what did I just tell you"), (request) => ({
  content: `You told me: ${request.messages.filter((message) => message.role === "user").at(-2)?.content}`,
}));
on(asked("give this chat a title"), (request) => ({
  content: `Title (${request.messages.length} messages, ${request.tools?.length ?? 0} tools)`,
}));

// what goes wrong
on(asked("please be rate limited"), { error: { message: "Slow down", type: "rate_limit_error" }, status: 429 });
on(asked("please fail inside"), { error: { message: "Inner trouble", type: "server_error" }, status: 500 });
on(asked("please refuse the key"), { error: { message: "Bad key", type: "invalid_request_error" }, status: 401 });
on(asked("please take forever"), { content: "too late" }, { chaos: { latencyMs: 20000 } });
on(asked("please be malformed"), { content: "never read" }, { chaos: { malformedRate: 1 } });
on(asked("please break off"), { content: "This breaks off before its end. ".repeat(20) }, { chunkSize: 10, latency: 5, truncateAfterChunks: 5 });
on(asked("please say nothing"), { content: "" });

await mock.start();
console.log(`listening ${mock.url}`);
