package ai.chela.gateway.api;

import ai.chela.gateway.identity.Person;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets nobody through whose bearer token is not known. */
public class Callers {
    private final Authentication authentication;

    public Callers(Authentication authentication) {
        this.authentication = authentication;
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
        Person person = authentication.person(request.getHeaderString("Authorization"));
        request.setSecurityContext(new Bearer(new Caller(person)));
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
