// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The wanted times of a cron expression by the clocks of a zone. Each comes once: one that the clocks leave out, when they are set
 * forward, comes at that change; one that they show twice, when they are set back, comes the first time.
 */
final class CronTimes {

    /** A leap year, so that each day that exists follows it soon. */
    private static final Instant SOME_TIME = Instant.parse("2000-01-01T00:00:00Z");

    private final ExecutionTime times;
    private final ZoneId zone;

    private CronTimes(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /**
     * @param expression minute, hour, day of the month, month, day of the week
     * @throws IllegalArgumentException it is no such expression, or there is no such time
     */
    static CronTimes parse(String expression, ZoneId zone) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        CronTimes parsed = new CronTimes(ExecutionTime.forCron(parser.parse(expression)), zone);
        if (parsed.next(SOME_TIME).isEmpty()) {
            throw new IllegalArgumentException("there is no such day");
        }
        return parsed;
    }

    /** Returns the first wanted time behind a moment; empty when there is none any more. */
    Optional<Instant> next(Instant after) {
        // the library counts in UTC, where clocks are never set: days on which they are get their times here
        Optional<ZonedDateTime> wanted = times.nextExecution(shown(after));
        while (wanted.isPresent()) {
            Instant moment = moment(wanted.get().toLocalDateTime());
            if (moment.isAfter(after)) {
                return Optional.of(moment);
            }
            // the clocks show this hour for the second time
            wanted = times.nextExecution(wanted.get());
        }
        return Optional.empty();
    }

    private ZonedDateTime shown(Instant moment) {
        return moment.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
    }

    private Instant moment(LocalDateTime wanted) {
        ZoneOffsetTransition change = zone.getRules().getTransition(wanted);
        return change != null && change.isGap()
                ? change.getInstant()
                : wanted.atZone(zone).toInstant();
    }
}
