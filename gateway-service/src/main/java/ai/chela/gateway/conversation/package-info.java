/** Accepted messages, numbered events, and the streams that show them. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.conversation;
