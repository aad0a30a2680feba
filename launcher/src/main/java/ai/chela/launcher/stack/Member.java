package ai.chela.launcher.stack;

import ai.chela.launcher.data.StackState;
import java.util.ArrayList;
import java.util.List;

/**
 * One process of a service.
 *
 * @param number from 1
 */
public record Member(Service service, int number) {
    /** The most instances of a service that one machine is asked to run. */
    public static final int MOST = 5;

    /** All of a stack, in the order in which they are stopped. */
    public static List<Member> all(int instances) {
        List<Member> all = new ArrayList<>();
        for (Service service : Service.values())
            for (int number = 1; number <= instances; number++) all.add(new Member(service, number));
        return all;
    }

    /** The name of its process, its log and its folder: the first is called as the service is. */
    public String name() {
        return suffixed(service.folder());
    }

    /** Its instance id, for example {@code tool-runner-1}. */
    public String instance() {
        return service.shortName().replace('_', '-') + "-" + number;
    }

    /** The listener for health and metrics. */
    public String managementPort() {
        return suffixed("management-" + service.folder());
    }

    /** The listener for people, which only a gateway has. */
    public String httpPort() {
        return suffixed(StackState.HTTP);
    }

    /** The listener that a person looks for. */
    public String listener() {
        return service == Service.GATEWAY ? httpPort() : managementPort();
    }

    private String suffixed(String name) {
        return number == 1 ? name : name + "-" + number;
    }
}
