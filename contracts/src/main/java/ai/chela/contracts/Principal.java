package ai.chela.contracts;

/**
 * Who acts, and on whose behalf.
 *
 * @param actor what acts: {@code person:<id>}, {@code trigger:<handle>} or {@code service:<name>}
 * @param person id of the person at the root, who is accountable and whose rights apply; {@code "-"} only for records
 *     of the installation itself (tool declarations, logins of nobody known)
 */
public record Principal(String actor, String person) {
    private static final String FOR = ";for=";

    public Principal {
        Check.text("actor", actor, 200);
        Check.text("person", person, 200);
        // the header is cut at its last mark: a person's id with one inside would be read back as somebody else
        if (person.contains(FOR)) throw new IllegalArgumentException("person: must not contain " + FOR);
    }

    /** A person who acts for herself. */
    public static Principal person(String id) {
        return new Principal("person:" + id, id);
    }

    /** Chela's own service, acting for nobody. */
    public static Principal service(String name) {
        return new Principal("service:" + name, "-");
    }

    /** The form of the {@code principal} header: {@code actor;for=person}. */
    public String header() {
        return actor + FOR + person;
    }

    /**
     * Reads {@link #header()} back.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    public static Principal parse(String header) {
        int at = header.lastIndexOf(FOR);
        if (at <= 0) throw new IllegalArgumentException("principal: expected actor;for=person");
        return new Principal(header.substring(0, at), header.substring(at + FOR.length()));
    }
}
