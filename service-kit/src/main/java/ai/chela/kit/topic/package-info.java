/** Reading topics: in order per key, keys side by side. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.topic;
