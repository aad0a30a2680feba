package ai.chela.gateway.api;

import ai.chela.gateway.identity.Directory;
import ai.chela.gateway.identity.Person;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets nobody through whose bearer token is not known. */
public class Callers {
    private static final String SCHEME = "bearer ";

    private final Directory directory;

    public Callers(Directory directory) {
        this.directory = directory;
    }

    private record Caller(Person person) implements Principal {
        @Override
        public String getName() {
            return person.id();
        }
    }

    private record Bearer(Caller caller) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals("owner") && caller.person().owner();
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }

    @ServerRequestFilter
    public void identify(ContainerRequestContext request) {
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
            throw ProblemException.unauthorized("Send your token as \"Authorization: Bearer TOKEN\".");
        String token = header.substring(SCHEME.length()).strip();
        switch (directory.identify(token)) {
            case Directory.Identified.Known(var person) -> request.setSecurityContext(new Bearer(new Caller(person)));
            case Directory.Identified.Unknown() ->
                throw ProblemException.unauthorized(
                        "The token is not known here. The owner's is in the file \"token\" of the data folder;"
                                + " others are named in people.yaml.");
            case Directory.Identified.Undecided(var problem) ->
                throw ProblemException.unavailable("Nobody can be recognised until this is mended: " + problem);
        }
    }

    /** Who called. */
    static Person of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller(var person)) return person;
        throw new IllegalStateException("a request came through without a caller");
    }

    /** Who called, if an owner. */
    static Person owner(SecurityContext security) {
        Person person = of(security);
        if (!person.owner()) throw ProblemException.forbidden("Only an owner may do that (people.yaml, owner: true).");
        return person;
    }
}
