package ai.chela.memory.learn;

/**
 * A sentence that is worth keeping.
 *
 * @param text exactly as it was said
 * @param preference whether it says how the person wants things done
 */
record Lesson(String text, boolean preference) {}
