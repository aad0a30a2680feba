package ai.chela.memory.recall;

import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Facts whose vectors are still to be made, a bounded number. Thread-safe. */
final class Unembedded {
    /** About as many as are made in a minute; whoever finds it full comes again. */
    private static final int MOST = 5_000;

    record Task(String tenant, Fact fact, Embedder.Model model) {
        @Override
        public String toString() {
            return "Task[" + fact.id() + "]";
        }
    }

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> single = new HashSet<>();

    /** False when there is no room; one that waits already is not added again. */
    synchronized boolean offer(Task task) {
        if (waiting.contains(task.fact().id())) return true;
        if (tasks.size() >= MOST) return false;
        waiting.add(task.fact().id());
        tasks.addLast(task);
        return true;
    }

    /** The next few of one scope and one model. They wait until they are {@linkplain #done done}. */
    synchronized List<Task> next(int most) {
        List<Task> next = new ArrayList<>();
        Task first = tasks.peekFirst();
        while (first != null && !tasks.isEmpty() && next.size() < most) {
            Task task = tasks.getFirst();
            boolean together = task.tenant().equals(first.tenant())
                    && task.fact().scope().equals(first.fact().scope())
                    && task.model().equals(first.model());
            if (!together) break;
            if (single.contains(task.fact().id())) {
                if (next.isEmpty()) next.add(tasks.removeFirst());
                break;
            }
            next.add(tasks.removeFirst());
        }
        return next;
    }

    /** Back to the front, to be tried again. */
    synchronized void putBack(List<Task> undone) {
        for (Task task : undone.reversed()) tasks.addFirst(task);
    }

    /** Back to the front, one of each so that none of them is taken together with another. */
    synchronized void alone(List<Task> refused) {
        for (Task task : refused) single.add(task.fact().id());
        putBack(refused);
    }

    synchronized void done(List<Task> made) {
        for (Task task : made) {
            waiting.remove(task.fact().id());
            single.remove(task.fact().id());
        }
    }

    /** Forgotten before its vector was made. */
    synchronized void forget(List<String> ids) {
        single.removeAll(ids);
        if (waiting.removeAll(ids))
            tasks.removeIf(task -> !waiting.contains(task.fact().id()));
    }

    /** Whether it still waits: what was forgotten meanwhile does not. */
    synchronized boolean waits(Task task) {
        return waiting.contains(task.fact().id());
    }

    synchronized int size() {
        return waiting.size();
    }
}
