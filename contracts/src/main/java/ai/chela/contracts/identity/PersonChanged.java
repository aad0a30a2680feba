package ai.chela.contracts.identity;

import ai.chela.contracts.Check;

/**
 * A person as the gateway knows her now. The record's key is {@code tenant/person:<id>}.
 *
 * @param active false when the person left: triggers of hers no longer fire
 * @param owner whether she may confirm pairings and decide the approvals of others
 */
public record PersonChanged(String id, String name, String zone, String language, boolean active, boolean owner) {
    public PersonChanged {
        Check.text("id", id, 100);
        Check.text("name", name, 200);
        Check.text("zone", zone, 60);
        Check.text("language", language, 20);
    }
}
