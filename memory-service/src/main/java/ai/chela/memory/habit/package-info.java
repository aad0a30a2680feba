/** What a person asks for, how often and when. Names of operations only, never what was said. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.habit;
