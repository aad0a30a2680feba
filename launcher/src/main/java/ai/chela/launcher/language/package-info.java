/** What the launcher says, in English and in Chinese. */
@NullMarked
package ai.chela.launcher.language;

import org.jspecify.annotations.NullMarked;
