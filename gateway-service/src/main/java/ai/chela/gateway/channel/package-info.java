/** Chat platforms: what every adapter is given and gives, and what is durable between it and conversations. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.channel;
