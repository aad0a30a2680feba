/** Configuration files that people write. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.file;
