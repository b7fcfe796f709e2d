// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of the store that have been applied to a folder.
 *
 * @param revision up to which all are applied
 * @param files name to digest of the files written for it: a file edited since then belongs to its editor
 */
record AppliedChanges(String origin, long revision, Map<String, String> files) {

    static final AppliedChanges NOTHING = new AppliedChanges("", 0, Map.of());

    AppliedChanges {
        files = Map.copyOf(files);
    }

    AppliedChanges at(String nextOrigin, long nextRevision) {
        return new AppliedChanges(nextOrigin, nextRevision, files);
    }

    AppliedChanges with(String file, String digest) {
        Map<String, String> next = new TreeMap<>(files);
        next.put(file, digest);
        return new AppliedChanges(origin, revision, next);
    }

    AppliedChanges without(String file) {
        Map<String, String> next = new TreeMap<>(files);
        next.remove(file);
        return new AppliedChanges(origin, revision, next);
    }

    String toJson() {
        return new JsonFieldWriter()
                .put("origin", origin)
                .put("revision", revision)
                .put("files", JsonFieldWriter.ofTexts(new TreeMap<>(files)))
                .object()
                .toJson();
    }

    static AppliedChanges of(String text) {
        JsonFieldReader fields = new JsonFieldReader(StrictJson.parseObject(text));
        return new AppliedChanges(
                fields.text("origin"), fields.number("revision"), new JsonFieldReader(fields.object("files")).texts());
    }
}
