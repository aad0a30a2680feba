/** What this machine has and lacks. */
@NullMarked
package ai.chela.launcher.doctor;

import org.jspecify.annotations.NullMarked;
