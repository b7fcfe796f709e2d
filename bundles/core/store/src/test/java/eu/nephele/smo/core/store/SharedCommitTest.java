// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.lab.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers of the embedded database that meet: one holds it, the others come meanwhile. */
@Timeout(60)
class SharedCommitTest {

    private static final int WRITERS = 8;

    private final HikariDataSource dataSource =
            (HikariDataSource) TestDatabase.dataSource(TestDatabase.H2_MEMORY.newUrl());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch free = new CountDownLatch(1);
    private final Set<EntityManager> managers = ConcurrentHashMap.newKeySet();

    private Database database;

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(dataSource, () -> {}, Stores::factory, told::incrementAndGet);
        database.transactions().write("make the table", entities -> new Sql(entities)
                .update("create table noted (id int primary key)"));
    }

    @AfterEach
    void end() {
        free.countDown();
        threads.shutdownNow();
        database.close();
        dataSource.close();
    }

    @Test
    void thoseThatMeetShareATransaction() throws Exception {
        List<Future<Integer>> writers = meet(number -> entities -> noted(entities, number));

        for (int number = 0; number < WRITERS; number++) {
            assertThat(writers.get(number).get()).isEqualTo(number);
        }
        assertThat(rows()).hasSize(WRITERS);
        assertThat(managers)
                .as("transactions beside the one that they waited for")
                .hasSize(1);
    }

    @Test
    void whatFailsTakesNobodyDown() throws Exception {
        List<Future<Integer>> writers = meet(number -> entities -> {
            noted(entities, number);
            if (number == 3) {
                throw SmoException.conflict("three is taken");
            }
            return number == 5 ? noted(entities, 4) : number;
        });

        assertThatThrownBy(() -> writers.get(3).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SmoException.class)
                .hasMessage("three is taken");
        assertThatThrownBy(() -> writers.get(5).get()).isInstanceOf(ExecutionException.class);
        assertThat(writers.get(7).get()).isEqualTo(7);
        assertThat(rows()).containsExactly(0, 1, 2, 4, 6, 7);
    }

    @Test
    void whatDoesNotWantToStayIsGoneAndTheOthersStay() throws Exception {
        List<Future<Integer>> writers = meet(number -> entities -> {
            noted(entities, number);
            if (number == 2) {
                entities.getTransaction().setRollbackOnly();
            }
            return number;
        });

        assertThat(writers.get(2).get()).isEqualTo(2);
        assertThat(writers.get(6).get()).isEqualTo(6);
        assertThat(rows()).containsExactly(0, 1, 3, 4, 5, 6, 7);
    }

    @Test
    void eachWriterOfEventsIsNotifiedWhenTheyAreStored() throws Exception {
        List<Future<Integer>> writers = meet(number -> entities -> {
            if (number % 2 == 0) {
                database.transactions().tellAfterCommit(entities);
            }
            return noted(entities, number);
        });

        for (Future<Integer> writer : writers) {
            writer.get();
        }
        assertThat(told).hasValue(WRITERS / 2);
    }

    @Test
    void anInterruptIsKeptAndWhatWasAskedForIsDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Integer> holder = hold(begun);
        begun.await();
        Future<Boolean> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            database.transactions().write("note", entities -> noted(entities, 1));
            return Thread.interrupted();
        });
        free.countDown();

        assertThat(interrupted.get()).isTrue();
        holder.get();
        assertThat(rows()).containsExactly(1);
    }

    @Test
    void publicationWithoutEventsDoesNotWaitForTheWriter() throws Exception {
        EventStore events = new JpaEventStore(database);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Integer> holder = hold(begun);
        begun.await();
        try {
            assertThat(threads.submit(() -> events.publish(10)).get(10, TimeUnit.SECONDS))
                    .isEmpty();
        } finally {
            free.countDown();
        }
        holder.get();
    }

    /** Writers with the numbers from 0 on, in their order, all of them waiting for one that holds the database. */
    private List<Future<Integer>> meet(IntFunction<Function<EntityManager, Integer>> works) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Integer> holder = hold(begun);
        begun.await();
        List<Future<Integer>> writers = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            Function<EntityManager, Integer> work = works.apply(number);
            List<Thread> waiting = new ArrayList<>();
            CountDownLatch known = new CountDownLatch(1);
            writers.add(threads.submit(() -> {
                waiting.add(Thread.currentThread());
                known.countDown();
                return database.transactions().write("note", work);
            }));
            known.await();
            Await.until("the writer waits", () -> waiting.get(0).getState() == Thread.State.WAITING);
        }
        free.countDown();
        holder.get();
        return writers;
    }

    private Future<Integer> hold(CountDownLatch begun) {
        return threads.submit(() -> database.transactions().write("hold", entities -> {
            begun.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }));
    }

    private int noted(EntityManager entities, int number) {
        managers.add(entities);
        new Sql(entities).update("insert into noted (id) values (?1)", number);
        return number;
    }

    private List<Integer> rows() {
        return database.transactions().read("look", entities -> new Sql(entities)
                .values("select id from noted order by id").stream()
                        .map(id -> ((Number) id).intValue())
                        .toList());
    }
}
