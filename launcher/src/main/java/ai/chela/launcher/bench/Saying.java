package ai.chela.launcher.bench;

import ai.chela.launcher.client.Event;

/**
 * What is sent, and what its answer must contain: a quick wrong answer counts as failed.
 *
 * @param answer empty when any reply will do
 */
record Saying(String text, String answer) {
    /** Answered by the planner alone: no recall, no tool, no model. */
    static final Saying PLAIN = new Saying("thanks", "");
    /** One tool, which costs nearly nothing. */
    static final Saying TOOL = new Saying("what is 12*7+3?", "87");
    /** What no method of the planner covers. */
    static final Saying MODEL = new Saying("tell me something about the old lighthouse", InstantModel.ANSWER);

    boolean isAnsweredBy(Event event) {
        return event.type() == Event.Type.REPLY && event.text().contains(answer);
    }
}
