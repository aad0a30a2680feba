/**
 * Vectors near a vector, in files of this instance's own: an index that is derived, may be thrown away at any time, and
 * forgets what it is told to forget.
 */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.dense;
