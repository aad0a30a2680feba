package ai.chela.memory.db;

import ai.chela.kit.tenancy.UnitOfWork;
import ai.chela.memory.fact.Fact;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads facts and decrypts them. */
@ApplicationScoped
class FactReader {
    private final KeyStore keys;

    FactReader(KeyStore keys) {
        this.keys = keys;
    }

    Uni<@Nullable Fact> one(UnitOfWork unit, String where, Object... parameters) {
        return many(unit, where, parameters).map(facts -> facts.isEmpty() ? null : facts.getFirst());
    }

    /** Facts where {@code f.tenant = ?1} and more; {@code u} is how they are kept. */
    Uni<List<Fact>> many(UnitOfWork unit, String where, Object... parameters) {
        return unit.rows(
                        "select " + FactRows.COLUMNS + " from " + FactRows.TABLES + " where f.tenant = ?1 and " + where,
                        parameters)
                .chain(rows -> open(
                        unit, rows.stream().map(row -> FactRows.read(row, 0)).toList(), new ArrayList<>()));
    }

    private Uni<List<Fact>> open(UnitOfWork unit, List<FactRows.Row> rows, List<Fact> done) {
        if (done.size() == rows.size()) return Uni.createFrom().item(done);
        FactRows.Row row = rows.get(done.size());
        return keys.opening(unit, row.scope(), List.of(row.under())).chain(key -> {
            done.add(row.open(unit.tenant(), key));
            return open(unit, rows, done);
        });
    }
}
