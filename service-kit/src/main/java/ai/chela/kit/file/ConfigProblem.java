package ai.chela.kit.file;

/** Something is wrong in a file that a person wrote; the message says where, what, and what is allowed. */
public class ConfigProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigProblem(String file, int line, String what) {
        super(file + ", line " + line + ": " + what);
    }
}
