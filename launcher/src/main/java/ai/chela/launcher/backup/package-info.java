/** Backup and restore of an installation, its master keys and legal holds: what memory-service's operator does, made easy. */
@NullMarked
package ai.chela.launcher.backup;

import org.jspecify.annotations.NullMarked;
