/** Learning from what a person says without being asked to: certain patterns only, and never against her will. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.learn;
