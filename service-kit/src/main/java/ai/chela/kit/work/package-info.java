/** Claiming due work from the database. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.work;
