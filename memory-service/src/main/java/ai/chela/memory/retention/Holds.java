package ai.chela.memory.retention;

import ai.chela.kit.tenancy.UnitOfWork;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What may not be erased, whoever asks for it: an operator has put its tenant or a person under legal hold. */
public interface Holds {
    /**
     * True when at least one of these memories is under hold: its tenant is, or the person who keeps it or has said a
     * version of it.
     *
     * @param roots ids of first versions
     */
    Uni<Boolean> held(UnitOfWork unit, List<String> roots);
}
