// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.List;
import java.util.Optional;

/**
 * How far a Job is on one cluster.
 *
 * @param active pods that are at work
 * @param succeeded pods that have done theirs
 * @param complete whether its controller says that it is done
 * @param failure why its controller has given it up; empty while it has not
 */
public record ObservedJob(int active, int succeeded, boolean complete, Optional<String> failure) {

    /** As the controller tells. */
    public static ObservedJob create(int active, int succeeded, List<JobCondition> conditions) {
        return new ObservedJob(
                active,
                succeeded,
                conditions.stream().anyMatch(condition -> is(condition, "Complete")),
                conditions.stream()
                        .filter(condition -> is(condition, "Failed"))
                        .map(condition -> "%s: %s".formatted(condition.getReason(), condition.getMessage()))
                        .findFirst());
    }

    static ObservedJob from(Job job) {
        JobStatus status = Optional.ofNullable(job.getStatus()).orElseGet(JobStatus::new);
        return create(
                Optional.ofNullable(status.getActive()).orElse(0),
                Optional.ofNullable(status.getSucceeded()).orElse(0),
                Optional.ofNullable(status.getConditions()).orElse(List.of()));
    }

    /** How many completions it asks for; 0 while it is suspended: then nobody waits for it. */
    static int completions(JobSpec spec) {
        if (Boolean.TRUE.equals(spec.getSuspend())) {
            return 0;
        }
        // without a number it is done as soon as one pod is: they share a queue
        return Optional.ofNullable(spec.getCompletions()).orElse(1);
    }

    /**
     * As the replicas of others: a completion counts as one that is ready, the last one when the controller has said so.
     *
     * @param completions that it asks for
     */
    public ReplicaCounts counts(int completions) {
        int done = complete ? completions : Math.min(succeeded, Math.max(0, completions - 1));
        return new ReplicaCounts(completions, active, Math.max(active, completions), done, done, true);
    }

    private static boolean is(JobCondition condition, String type) {
        return type.equals(condition.getType()) && "True".equals(condition.getStatus());
    }
}
