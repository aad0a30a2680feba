/** XMPP, one to one. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.channel.xmpp;
