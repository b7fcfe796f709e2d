// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.store.row.DesiredRow;
import eu.nephele.smo.core.store.row.GraphKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/** Names that have to be unique: graphs and services within their project. */
final class UniqueNames {

    private static final int IDS_PER_QUERY = 500;

    private final EntityManager entities;
    private final Sql sql;

    UniqueNames(EntityManager entities) {
        this.entities = entities;
        this.sql = new Sql(entities);
    }

    /** @throws SmoException {@code CONFLICT} when there is a graph of that name in the project */
    void requireFree(GraphId graph) {
        if (!sql.values("select name from desired where project = ?1 and name = ?2", graph.project(), graph.name())
                .isEmpty()) {
            throw SmoException.conflict("Graph '%s' exists already in project '%s'. Choose another name, or update it."
                    .formatted(graph.name(), graph.project()));
        }
    }

    /**
     * Gives a graph the service ids of its descriptor and of what it still retires, and takes back those that it does not have any
     * more.
     *
     * @throws SmoException {@code CONFLICT} when another graph of the project has one of them, {@code OVER_QUOTA} when it
     *     has more than before and the project may not have so many
     */
    void claimServices(Desired desired, QuotaCheck quota) {
        GraphId graph = desired.id();
        Set<String> present = new HashSet<>();
        sql.values("select id from service where project = ?1 and name = ?2", graph.project(), graph.name())
                .forEach(id -> present.add((String) id));
        Set<String> wanted = wanted(desired);
        Set<String> gone = new TreeSet<>(present);
        gone.removeAll(wanted);
        Set<String> added = new LinkedHashSet<>(wanted);
        added.removeAll(present);
        requireFree(graph.project(), added);
        gone.forEach(id -> sql.update("delete from service where project = ?1 and id = ?2", graph.project(), id));
        if (added.size() > gone.size()) {
            admit(graph, added.size(), quota);
        }
        claim(graph, added);
    }

    /** As {@link #claimServices}, for a graph that has none yet. */
    void claimFirst(Desired desired, QuotaCheck quota) {
        Set<String> wanted = wanted(desired);
        requireFree(desired.id().project(), wanted);
        admit(desired.id(), wanted.size(), quota);
        claim(desired.id(), wanted);
    }

    private void admit(GraphId graph, int more, QuotaCheck quota) {
        String project = graph.project();
        quota.admit(project, QuotaMember.SERVICES, more, () -> JpaQuotaStore.services(sql, project));
    }

    private static Set<String> wanted(Desired desired) {
        Set<String> wanted = new LinkedHashSet<>(desired.declaration().services());
        wanted.addAll(new TreeSet<>(desired.retiring().keySet()));
        return wanted;
    }

    private void claim(GraphId graph, Set<String> services) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        services.forEach(id -> rows.add(new Object[] {graph.project(), id, graph.name()}));
        sql.batch("insert into service (project, id, name) values (?, ?, ?)", rows);
    }

    private void requireFree(String project, Set<String> ids) {
        Map<String, String> owners = owners(project, ids);
        for (String id : ids) {
            String owner = owners.get(id);
            if (owner != null) {
                throw SmoException.conflict(message(id, new GraphId(project, owner)));
            }
        }
    }

    private String message(String service, GraphId owner) {
        DesiredRow row = entities.find(DesiredRow.class, new GraphKey(owner));
        if (row != null && row.desired().retiring().containsKey(service)) {
            return "Service '%s' is just being removed from graph '%s' of project '%s' and keeps its id until it is gone. Try again then."
                    .formatted(service, owner.name(), owner.project());
        }
        return "Service '%s' belongs to graph '%s' of project '%s' already. Service ids are unique within a project."
                .formatted(service, owner.name(), owner.project());
    }

    /** Names of the graphs of a project that hold service ids, id → graph; free ids are left out. */
    Map<String, String> owners(String project, Collection<String> services) {
        List<String> ids = List.copyOf(services);
        Map<String, String> owners = new HashMap<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_QUERY) {
            List<Object> parameters = new ArrayList<>();
            List<String> pairs = new ArrayList<>();
            for (String id : ids.subList(from, Math.min(ids.size(), from + IDS_PER_QUERY))) {
                pairs.add("(" + Sql.marks(parameters.size() + 1, 2) + ")");
                parameters.addAll(List.of(project, id));
            }
            // As pairs: with the project apart H2 reads all services of the project.
            String query = "select id, name from service where (project, id) in (" + String.join(", ", pairs) + ")";
            sql.rows(query, parameters.toArray()).forEach(row -> owners.put((String) row[0], (String) row[1]));
        }
        return owners;
    }
}
