/** Backup of memories as files, their check, and their restore. */
@org.jspecify.annotations.NullMarked
package ai.chela.memory.backup;
