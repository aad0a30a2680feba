/** The data folder: what lies where, who may read it, what the last start left. */
@NullMarked
package ai.chela.launcher.data;

import org.jspecify.annotations.NullMarked;
