package ai.chela.gateway.api;

import ai.chela.gateway.identity.Directory;
import ai.chela.gateway.identity.Person;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells whose bearer token a request carries. */
@ApplicationScoped
public class Authentication {
    private static final String SCHEME = "bearer ";

    private final Directory directory;

    public Authentication(Directory directory) {
        this.directory = directory;
    }

    /**
     * @param header {@code Authorization}
     * @throws ProblemException when nobody is known by it
     */
    Person person(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
            throw ProblemException.unauthorized("Send your token as \"Authorization: Bearer TOKEN\".");
        return switch (directory.identify(header.substring(SCHEME.length()).strip())) {
            case Directory.Identified.Known(var person) -> person;
            case Directory.Identified.Unknown() ->
                throw ProblemException.unauthorized(
                        "The token is not known here. The owner's is in the file \"token\" of the data folder;"
                                + " others are named in people.yaml.");
            case Directory.Identified.Undecided(var problem) ->
                throw ProblemException.unavailable("Nobody can be recognised until this is mended: " + problem);
        };
    }
}
