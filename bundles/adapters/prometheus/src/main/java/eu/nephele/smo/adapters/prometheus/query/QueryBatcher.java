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

/** Makes as few queries as possible of what is asked: one for all services that share a template and a window. */
final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    private record Batch(MetricTemplate template, Duration window) {}

    private final QuerySettings settings;

    Questions(QuerySettings settings) {
        this.settings = settings;
    }

    /** Those for many services first, those of descriptors last. A metric that nobody has configured has no question. */
    List<Question> of(Collection<MetricQuery> queries) {
        Map<Batch, List<MetricQuery>> batches = new LinkedHashMap<>();
        Map<String, List<MetricQuery>> alone = new LinkedHashMap<>();
        Map<String, List<MetricQuery>> own = new LinkedHashMap<>();
        for (MetricQuery query : queries) {
            Duration window = window(query);
            Optional<MetricTemplate> template =
                    Optional.ofNullable(settings.metrics().get(query.metric()));
            if (query.template().isPresent()) {
                add(own, Rendering.forOne(query.template().get(), query.workload(), window), query);
            } else if (template.isEmpty()) {
                LOG.debug("Nothing is asked for {}: metrics does not name it", query.metric());
            } else if (template.get().forMany()) {
                add(batches, new Batch(template.get(), window), query);
            } else {
                add(alone, Rendering.forOne(template.get().promQl(), query.workload(), window), query);
            }
        }
        List<Question> questions = new ArrayList<>();
        batches.forEach((batch, askers) -> divide(batch, askers, questions));
        alone.forEach((promQl, askers) -> questions.add(new Question(promQl, Optional.empty(), false, askers)));
        questions.addAll(bounded(own));
        return questions;
    }

    private Duration window(MetricQuery query) {
        return query.window().compareTo(settings.minWindow()) < 0 ? settings.minWindow() : query.window();
    }

    private static <K> void add(Map<K, List<MetricQuery>> lists, K key, MetricQuery query) {
        lists.computeIfAbsent(key, any -> new ArrayList<>()).add(query);
    }

    private void divide(Batch batch, List<MetricQuery> askers, List<Question> questions) {
        List<WorkloadRef> workloads =
                askers.stream().map(MetricQuery::workload).distinct().toList();
        String promQl = Rendering.forMany(batch.template(), settings.namespaceLabel(), workloads, batch.window());
        if (promQl.length() <= settings.maxQueryChars() || askers.size() == 1) {
            questions.add(new Question(promQl, Optional.of(batch.template()), false, askers));
            return;
        }
        int half = askers.size() / 2;
        divide(batch, askers.subList(0, half), questions);
        divide(batch, askers.subList(half, askers.size()), questions);
    }

    private List<Question> bounded(Map<String, List<MetricQuery>> own) {
        if (own.size() > settings.maxOwnQueries()) {
            LOG.warn(
                    "{} of {} queries of descriptors are not asked: maxOwnQueries={}",
                    own.size() - settings.maxOwnQueries(),
                    own.size(),
                    settings.maxOwnQueries());
        }
        return own.entrySet().stream()
                .limit(settings.maxOwnQueries())
                .map(entry -> new Question(entry.getKey(), Optional.empty(), true, entry.getValue()))
                .toList();
    }
}
