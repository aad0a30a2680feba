package ai.chela.scheduler.watch;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets what stores work wake what does it, without knowing it. */
@ApplicationScoped
public class WatchSignals {
    private final List<Runnable> onAsked = new CopyOnWriteArrayList<>();
    private final List<Runnable> onDue = new CopyOnWriteArrayList<>();

    void listen(Runnable asked, Runnable due) {
        onAsked.add(asked);
        onDue.add(due);
    }

    /** A request for a watch was stored. */
    public void asked() {
        onAsked.forEach(Runnable::run);
    }

    /** A check became due. */
    public void due() {
        onDue.forEach(Runnable::run);
    }
}
