/**
 * Learning from what a person says without being asked to: by certain patterns, and by a model that picks from her words; never
 * against her will.
 */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.learn;
