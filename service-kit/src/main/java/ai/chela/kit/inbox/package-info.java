/** Taking in records once and in order. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.inbox;
