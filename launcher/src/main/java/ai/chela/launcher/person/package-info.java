/** Who may talk to Chela. */
@NullMarked
package ai.chela.launcher.person;

import org.jspecify.annotations.NullMarked;
