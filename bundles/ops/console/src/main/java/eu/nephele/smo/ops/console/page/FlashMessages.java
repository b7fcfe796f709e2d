// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages of actions for the page to which the browser is redirected; the latest ones only. */
final class FlashMessages {

    private static final int MOST = 50;

    record Note(boolean good, String text) {}

    private final Map<String, Note> notes = new LinkedHashMap<>();

    synchronized String keep(Note note) {
        String id = UUID.randomUUID().toString();
        notes.put(id, note);
        if (notes.size() > MOST) {
            notes.remove(notes.keySet().iterator().next());
        }
        return id;
    }

    synchronized Optional<Note> find(@Nullable String id) {
        return Optional.ofNullable(id).map(notes::get);
    }
}
