// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.core.contract.store.StoredIdentity.IdentityKey;
import java.util.Locale;

/** What the store keeps; the word is its kind there and the kind of the resource that permissions are asked for. */
enum IdentityKind {
    USER,
    KEY,
    SESSION,
    GRANT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    IdentityKey key(String id) {
        return new IdentityKey(word(), id);
    }
}
