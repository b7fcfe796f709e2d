// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.owner.Owner;
import eu.nephele.smo.core.contract.owner.Ownership;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Owner of the embedded database, which no other process can open. Each opening is an epoch. */
final class SoleOwner implements Tenure, Ownership {

    private static final Duration EVER = Duration.ofDays(36_500);

    private final Owner owner;

    private SoleOwner(Owner owner) {
        this.owner = owner;
    }

    static SoleOwner create(Database database, OwnerCandidate here) {
        Instant since = Instant.now();
        return database.transactions().write("store the owner of the database", entities -> {
            Sql sql = new Sql(entities);
            sql.update(
                    "update owner set epoch = epoch + 1, host = ?1, process = ?2, since = ?3 where id = 1",
                    here.host(),
                    here.process(),
                    InstantColumn.text(since));
            long epoch =
                    ((Number) sql.values("select epoch from owner where id = 1").get(0)).longValue();
            return new SoleOwner(new Owner(here.id(), here.host(), here.process(), here.address(), epoch, since));
        });
    }

    @Override
    public String holder() {
        return owner.id();
    }

    @Override
    public long epoch() {
        return owner.epoch();
    }

    @Override
    public Duration left() {
        return EVER;
    }

    @Override
    public Role role() {
        return Role.OWNER;
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(owner);
    }
}
