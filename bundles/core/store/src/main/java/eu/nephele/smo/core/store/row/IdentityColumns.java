// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.core.contract.store.StoredIdentity;
import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.time.Instant;
import java.util.Map;
import java.util.Map.Entry;

/** Users, keys, sessions and grants in the tables {@code identity} and {@code identity_use}. */
public final class IdentityColumns {

    public static final String CHANGED =
            "select kind, id, revision, content from identity where revision > ?1 order by revision, kind, id";
    public static final String USES = "select kind, id, used_at from identity_use";

    private IdentityColumns() {}

    public static StoredIdentity changed(Object... row) {
        RowReader rowReader = new RowReader(row);
        IdentityKey key = key(rowReader);
        long revision = rowReader.number();
        return new StoredIdentity(key, revision, rowReader.textOrNone());
    }

    public static Entry<IdentityKey, Instant> use(Object... row) {
        RowReader rowReader = new RowReader(row);
        IdentityKey key = key(rowReader);
        return Map.entry(key, rowReader.instant());
    }

    private static IdentityKey key(RowReader rowReader) {
        String kind = rowReader.text();
        return new IdentityKey(kind, rowReader.text());
    }
}
