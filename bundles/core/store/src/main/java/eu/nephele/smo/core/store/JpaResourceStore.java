// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.row.ResourceColumns;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Resources in the table {@code resource}, what they are chosen by in {@code resource_label}. */
@Component(service = ResourceStore.class)
public final class JpaResourceStore implements ResourceStore {

    private static final String THIS = " where kind = ?1 and project = ?2 and name = ?3";
    private static final String IN_ORDER = " order by kind, project, name fetch first %d rows only";

    private final Transactions transactions;
    private final TransactionalWriter transactionalWriter;

    @Activate
    public JpaResourceStore(@Reference Database database) {
        this.transactions = database.transactions();
        this.transactionalWriter = new TransactionalWriter(database.outbox());
    }

    @Override
    public Optional<Resource> find(ResourceRef ref) {
        return transactions.read("read " + ref, entities -> new Sql(entities)
                        .list(
                                ResourceColumns::resource,
                                ResourceColumns.SELECT + THIS,
                                ref.kind(),
                                ref.project(),
                                ref.name())
                        .stream()
                        .findFirst());
    }

    @Override
    public List<Resource> list(ResourceQuery query) {
        StoredConditions conditions = new StoredConditions();
        conditions.add("kind = ?", query.kind());
        query.project().ifPresent(project -> conditions.add("project = ?", project));
        query.phase().ifPresent(phase -> conditions.add("phase = ?", phase.name()));
        query.after().ifPresent(after -> conditions.behind(after.project(), after.name()));
        query.labels().forEach(conditions::chosenBy);
        query.fields().forEach(conditions::chosenBy);
        return transactions.read("read resources of kind " + query.kind(), entities -> new Sql(entities)
                .list(
                        ResourceColumns::resource,
                        ResourceColumns.SELECT + conditions.where() + IN_ORDER.formatted(query.limit()),
                        conditions.values()));
    }

    @Override
    public List<ResourceRef> refs(String kind, Optional<ResourceRef> after, int limit) {
        StoredConditions conditions = new StoredConditions();
        conditions.add("kind = ?", kind);
        after.ifPresent(last -> conditions.behind(last.project(), last.name()));
        return transactions.read("read names of kind " + kind, entities -> new Sql(entities)
                        .rows(
                                "select project, name from resource" + conditions.where() + IN_ORDER.formatted(limit),
                                conditions.values())
                        .stream()
                        .map(row -> new ResourceRef(kind, (String) row[0], (String) row[1]))
                        .toList());
    }

    @Override
    public Map<String, Map<Phase, Long>> count() {
        return transactions.read("count resources", entities -> {
            Map<String, Map<Phase, Long>> counts = new TreeMap<>();
            new Sql(entities)
                    .rows("select kind, phase, count(*) from resource group by kind, phase")
                    .forEach(row -> counts.computeIfAbsent((String) row[0], any -> new EnumMap<>(Phase.class))
                            .put(Phase.valueOf((String) row[1]), ((Number) row[2]).longValue()));
            return counts;
        });
    }

    @Override
    public boolean insert(Resource resource, Map<String, String> chosenBy, TransactionalWrites transactionalWrites) {
        return transactions.write("store " + resource.ref(), entities -> {
            transactionalWriter.claimKey(entities, transactionalWrites);
            if (new Sql(entities).update(ResourceColumns.INSERT, ResourceColumns.toRow(resource)) == 0) {
                return notMade(entities);
            }
            choose(entities, resource.ref(), chosenBy);
            transactionalWriter.write(entities, transactionalWrites);
            return true;
        });
    }

    @Override
    public boolean change(
            Resource resource, long generation, Map<String, String> chosenBy, TransactionalWrites transactionalWrites) {
        return transactions.write("change " + resource.ref(), entities -> {
            transactionalWriter.claimKey(entities, transactionalWrites);
            Sql sql = new Sql(entities);
            if (sql.update(ResourceColumns.CHANGE, ResourceColumns.change(resource, generation)) == 0) {
                return notMade(entities);
            }
            chooseAnew(entities, resource.ref(), chosenBy);
            transactionalWriter.write(entities, transactionalWrites);
            return true;
        });
    }

    /** The key of the request may be written already. */
    private static boolean notMade(EntityManager entities) {
        entities.getTransaction().setRollbackOnly();
        return false;
    }

    private static void choose(EntityManager entities, ResourceRef ref, Map<String, String> chosenBy) {
        List<@Nullable Object[]> rows = new ArrayList<>(chosenBy.size());
        chosenBy.forEach(
                (label, value) -> rows.add(new Object[] {ref.kind(), ref.project(), ref.name(), label, value}));
        new Sql(entities)
                .batch(
                        "insert into resource_label (kind, project, name, label, label_value) values (?, ?, ?, ?, ?)",
                        rows);
    }

    private static void chooseAnew(EntityManager entities, ResourceRef ref, Map<String, String> chosenBy) {
        new Sql(entities).update("delete from resource_label" + THIS, ref.kind(), ref.project(), ref.name());
        choose(entities, ref, chosenBy);
    }

    @Override
    public Optional<String> examined(String kind) {
        return transactions.read("read the checked schema of kind " + kind, entities -> new Sql(entities)
                .values("select digest from resource_kind where kind = ?1", kind).stream()
                        .map(String.class::cast)
                        .findFirst());
    }

    @Override
    public void examined(String kind, String digest) {
        transactions.write("store the checked schema of kind " + kind, entities -> {
            List<@Nullable Object[]> rows = new ArrayList<>(1);
            rows.add(new Object[] {digest, kind});
            new Sql(entities)
                    .upsert(
                            "update resource_kind set digest = ? where kind = ?",
                            "insert into resource_kind (digest, kind) values (?, ?) on conflict do nothing",
                            rows);
            return true;
        });
    }

    @Override
    public void choose(List<Chosen> resources) {
        transactions.write("store the fields that select resources", entities -> {
            Sql sql = new Sql(entities);
            for (Chosen chosen : resources) {
                ResourceRef ref = chosen.ref();
                boolean asRead = !sql.values(
                                "select generation from resource" + THIS + " and generation = ?4 for update",
                                ref.kind(),
                                ref.project(),
                                ref.name(),
                                chosen.generation())
                        .isEmpty();
                if (asRead) {
                    chooseAnew(entities, ref, chosen.by());
                }
            }
            return true;
        });
    }

    @Override
    public boolean observe(
            ResourceRef ref, String uid, ResourceStatus status, TransactionalWrites transactionalWrites) {
        return transactions.write("store the observed state of " + ref, entities -> {
            if (new Sql(entities).update(ResourceColumns.OBSERVE, ResourceColumns.toRow(ref, uid, status)) == 0) {
                return false;
            }
            transactionalWriter.write(entities, transactionalWrites);
            return true;
        });
    }

    @Override
    public Optional<Phase> remove(ResourceRef ref, String uid, TransactionalWrites transactionalWrites) {
        return removed(ref, " and uid = ?4 and leaving = true", uid, transactionalWrites);
    }

    @Override
    public Optional<Phase> forget(ResourceRef ref, long generation, TransactionalWrites transactionalWrites) {
        return removed(ref, " and generation = ?4", generation, transactionalWrites);
    }

    private Optional<Phase> removed(
            ResourceRef ref, String condition, Object value, TransactionalWrites transactionalWrites) {
        return transactions.write("remove " + ref, entities -> {
            transactionalWriter.claimKey(entities, transactionalWrites);
            Sql sql = new Sql(entities);
            Optional<Phase> phase = sql
                    .values(
                            "select phase from resource" + THIS + condition + " for update",
                            ref.kind(),
                            ref.project(),
                            ref.name(),
                            value)
                    .stream()
                    .map(word -> Phase.valueOf((String) word))
                    .findFirst();
            if (phase.isEmpty()) {
                notMade(entities);
                return phase;
            }
            sql.update("delete from resource" + THIS, ref.kind(), ref.project(), ref.name());
            transactionalWriter.write(entities, transactionalWrites);
            return phase;
        });
    }

    private static final class StoredConditions {

        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        /** @param text with one question mark for the value */
        void add(String text, Object value) {
            texts.add(text.replace("?", mark(value)));
        }

        void behind(String project, String name) {
            String behind = mark(project);
            texts.add("(project > %s or (project = %s and name > %s))".formatted(behind, behind, mark(name)));
        }

        void chosenBy(String label, String value) {
            texts.add(("exists (select 1 from resource_label l where l.kind = resource.kind and l.project ="
                            + " resource.project and l.name = resource.name and l.label = %s and l.label_value = %s)")
                    .formatted(mark(label), mark(value)));
        }

        private String mark(Object value) {
            values.add(value);
            return "?" + values.size();
        }

        String where() {
            return " where " + String.join(" and ", texts);
        }

        Object[] values() {
            return values.toArray();
        }
    }
}
