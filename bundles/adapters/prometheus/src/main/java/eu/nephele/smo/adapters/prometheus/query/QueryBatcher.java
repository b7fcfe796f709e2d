// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Combines requests into as few queries as possible: one for all services with the same template and window. */
final class QueryBatcher {

    private static final Logger LOG = LoggerFactory.getLogger(QueryBatcher.class);

    private record BatchKey(MetricTemplate template, Duration window) {}

    private final QuerySettings settings;
    private final FairTurns turns;

    QueryBatcher(QuerySettings settings) {
        this.settings = settings;
        this.turns = new FairTurns(settings.maxOwnQueries());
    }

    /** Returns queries for many services first, those of descriptors last. A metric without configuration has no query. */
    List<PromQuery> batch(Collection<MetricQuery> queries) {
        Map<BatchKey, List<MetricQuery>> batches = new LinkedHashMap<>();
        Map<String, List<MetricQuery>> alone = new LinkedHashMap<>();
        Map<String, List<MetricQuery>> own = new LinkedHashMap<>();
        for (MetricQuery query : queries) {
            Duration window = window(query);
            Optional<MetricTemplate> template =
                    Optional.ofNullable(settings.metrics().get(query.metric()));
            if (query.template().isPresent()) {
                add(own, TemplateRenderer.forOne(query.template().get(), query.workload(), window), query);
            } else if (template.isEmpty()) {
                LOG.debug("query skipped metric={}; metrics does not name it", query.metric());
            } else if (template.get().forMany()) {
                add(batches, new BatchKey(template.get(), window), query);
            } else {
                add(alone, TemplateRenderer.forOne(template.get().promQl(), query.workload(), window), query);
            }
        }
        List<PromQuery> questions = new ArrayList<>();
        batches.forEach((batch, askers) -> divide(batch, askers, questions));
        alone.forEach((promQl, askers) -> questions.add(new PromQuery(promQl, Optional.empty(), false, askers)));
        questions.addAll(bounded(own));
        return questions;
    }

    private Duration window(MetricQuery query) {
        return query.window().compareTo(settings.minWindow()) < 0 ? settings.minWindow() : query.window();
    }

    private static <K> void add(Map<K, List<MetricQuery>> lists, K key, MetricQuery query) {
        lists.computeIfAbsent(key, any -> new ArrayList<>()).add(query);
    }

    private void divide(BatchKey batch, List<MetricQuery> askers, List<PromQuery> questions) {
        List<WorkloadRef> workloads =
                askers.stream().map(MetricQuery::workload).distinct().toList();
        String promQl =
                TemplateRenderer.forMany(batch.template(), settings.namespaceLabel(), workloads, batch.window());
        if (promQl.length() <= settings.maxQueryChars() || askers.size() == 1) {
            questions.add(new PromQuery(promQl, Optional.of(batch.template()), false, askers));
            return;
        }
        int half = askers.size() / 2;
        divide(batch, askers.subList(0, half), questions);
        divide(batch, askers.subList(half, askers.size()), questions);
    }

    private List<PromQuery> bounded(Map<String, List<MetricQuery>> own) {
        return turns.next(own.keySet()).stream()
                .map(promQl -> new PromQuery(promQl, Optional.empty(), true, own.getOrDefault(promQl, List.of())))
                .toList();
    }
}
