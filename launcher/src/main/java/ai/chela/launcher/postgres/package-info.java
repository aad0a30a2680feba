/** PostgreSQL as a process of this machine, and its roles. */
@NullMarked
package ai.chela.launcher.postgres;

import org.jspecify.annotations.NullMarked;
