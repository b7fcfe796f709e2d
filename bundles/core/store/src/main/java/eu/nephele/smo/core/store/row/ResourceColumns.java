// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.Map;

/** Resources in the table {@code resource}. */
public final class ResourceColumns {

    private static final String NAMES =
            "kind, project, name, uid, generation, document_version, desired, labels, leaving,"
                    + " created_at, updated_at, phase, observed_generation, observed, conditions";

    public static final String SELECT = "select " + NAMES + " from resource";
    public static final String INSERT = "insert into resource (" + NAMES
            + ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) on conflict do nothing";
    public static final String CHANGE =
            "update resource set generation = ?5, document_version = ?6, desired = ?7, labels = ?8, leaving = ?9,"
                    + " updated_at = ?11 where kind = ?1 and project = ?2 and name = ?3 and uid = ?4 and generation = ?12";
    public static final String OBSERVE =
            "update resource set phase = ?5, observed_generation = ?6, observed = ?7, conditions = ?8"
                    + " where kind = ?1 and project = ?2 and name = ?3 and uid = ?4";

    private ResourceColumns() {}

    public static Object[] toRow(Resource resource) {
        Object[] values = desired(resource, 15);
        ResourceStatus status = resource.status();
        values[11] = status.phase().name();
        values[12] = status.observedGeneration();
        values[13] = status.observed().toJson();
        values[14] = ObservedJson.ofConditions(status.conditions()).toJson();
        return values;
    }

    public static Object[] change(Resource resource, long generation) {
        Object[] values = desired(resource, 12);
        values[11] = generation;
        return values;
    }

    private static Object[] desired(Resource resource, int columns) {
        Object[] values = new Object[columns];
        values[0] = resource.ref().kind();
        values[1] = resource.ref().project();
        values[2] = resource.ref().name();
        values[3] = resource.uid();
        values[4] = resource.generation();
        values[5] = resource.documentVersion();
        values[6] = resource.desired().toJson();
        values[7] = JsonFieldWriter.ofTexts(resource.labels()).toJson();
        values[8] = resource.leaving();
        values[9] = InstantColumn.text(resource.createdAt());
        values[10] = InstantColumn.text(resource.updatedAt());
        return values;
    }

    public static Object[] toRow(ResourceRef ref, String uid, ResourceStatus status) {
        return new Object[] {
            ref.kind(),
            ref.project(),
            ref.name(),
            uid,
            status.phase().name(),
            status.observedGeneration(),
            status.observed().toJson(),
            ObservedJson.ofConditions(status.conditions()).toJson()
        };
    }

    public static Resource resource(Object... row) {
        RowReader rowReader = new RowReader(row);
        var ref = rowReader.resource();
        var uid = rowReader.text();
        long generation = rowReader.number();
        int documentVersion = Math.toIntExact(rowReader.number());
        var desired = JsonFieldReader.from(rowReader.json()).object();
        Map<String, String> labels = JsonFieldReader.from(rowReader.json()).texts();
        boolean leaving = rowReader.flag();
        var createdAt = rowReader.instant();
        var updatedAt = rowReader.instant();
        ResourceStatus status = new ResourceStatus(
                Phase.valueOf(rowReader.text()),
                rowReader.number(),
                JsonFieldReader.from(rowReader.json()).object(),
                ObservedJson.conditions(rowReader.json()));
        return new Resource(
                ref, uid, generation, documentVersion, desired, labels, leaving, status, createdAt, updatedAt);
    }
}
