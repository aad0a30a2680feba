/** Token buckets. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.ratelimit;
