// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.audit;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditService.AuditState;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;

/** Entries and the state of the audit, as they are answered. */
final class AuditJson {

    private AuditJson() {}

    static JsonObject entry(AuditEntry entry) {
        AuditRecord content = entry.content();
        return new JsonFieldWriter()
                .put("sequence", entry.sequence())
                .put("epoch", entry.epoch())
                .put("id", entry.id())
                .put("at", content.at().toString())
                .put("actor", content.principal())
                .put("address", content.sourceAddress())
                .put("action", content.action())
                .put("target", content.target())
                .put("outcome", content.outcome())
                .put("correlationId", content.correlationId())
                .put("before", content.before())
                .put("after", content.after())
                .put("detail", content.detail())
                .put("decision", content.decision())
                .put("request", content.request())
                .put("previous", entry.previous())
                .put("hash", entry.hash())
                .object();
    }

    static JsonObject state(AuditState state) {
        JsonFieldWriter fields = head(state.head()).put("waiting", state.waiting());
        state.seal().ifPresent(seal -> fields.put("seal", seal(seal)));
        state.checkpoint().ifPresent(seal -> fields.put("checkpoint", seal(seal)));
        return fields.put("anchors", JsonFieldWriter.array(state.anchors(), anchor -> new JsonFieldWriter()
                        .put("place", anchor.place())
                        .put("sequence", anchor.sequence())
                        .put("failure", anchor.failure())
                        .object()))
                .object();
    }

    private static JsonFieldWriter head(AuditHead head) {
        return new JsonFieldWriter()
                .put("sequence", head.sequence())
                .put("epoch", head.epoch())
                .put("hash", head.hash());
    }

    private static JsonObject seal(AuditSeal seal) {
        return head(seal.head())
                .put("at", seal.at().toString())
                .put("installation", seal.installation())
                .put("key", seal.key())
                .put("signature", seal.signature())
                .object();
    }

    static JsonObject key(AuditKey key) {
        return new JsonFieldWriter()
                .put("id", key.id())
                .put("publicKey", key.encoded())
                .put("since", key.since().toString())
                .object();
    }
}
