package org.meantime.dav.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.GoneException;
import org.meantime.dav.store.PlainCollection;
import org.meantime.dav.store.Resource;

class TreeWalkTest {
  private static final AtomicInteger OPEN = new AtomicInteger();

  /** A collection of that depth is gone when its members are to be read. */
  private static final int GONE = 1_000_000;

  /** One of that depth is gone when they have begun to be. */
  private static final int GOING = 2_000_000;

  /** A collection of {@code width} members, each of which is as deep as is left. */
  private record Tree(int depth, int width) implements PlainCollection {
    @Override
    public Stream<Resource> members() {
      if (depth == GONE) {
        throw new GoneException();
      }
      OPEN.incrementAndGet();
      Stream<Resource> members = Stream.generate(this::member).limit(depth == 0 ? 0 : width);
      return members.onClose(OPEN::decrementAndGet);
    }

    private Resource member() {
      if (depth == GOING) {
        throw new GoneException();
      }
      return new Tree(depth - 1, width);
    }
  }

  private static final class Recorder implements TreeWalk.Visitor {
    private final List<String> visits = new ArrayList<>();
    private final int least;

    /** Goes no further than to collections of that depth. */
    Recorder(int least) {
      this.least = least;
    }

    @Override
    public boolean descends(CollectionResource collection) {
      return ((Tree) collection).depth() > least;
    }

    @Override
    public void enter(Resource resource) {
      visits.add("+" + ((Tree) resource).depth());
    }

    @Override
    public void leave(Resource resource) {
      visits.add("-" + ((Tree) resource).depth());
    }
  }

  @Test
  void members_areVisitedBetweenEnteringAndLeaving() {
    Recorder recorder = new Recorder(0);
    TreeWalk.over(new Tree(2, 2), recorder);
    assertEquals("+2 +1 +0 -0 +0 -0 -1 +1 +0 -0 +0 -0 -1 -2", String.join(" ", recorder.visits));
  }

  @Test
  void membersThatAreNotWanted_areNotAskedFor() {
    Recorder recorder = new Recorder(1);
    TreeWalk.over(new Tree(2, 1), recorder);
    assertEquals("+2 +1 -1 -2", String.join(" ", recorder.visits));
  }

  @Test
  void deepTree_isWalkedToItsEnd() {
    Recorder recorder = new Recorder(0);
    TreeWalk.over(new Tree(200_000, 1), recorder);
    assertEquals(2 * 200_001, recorder.visits.size());
    assertEquals(0, OPEN.get());
  }

  @Test
  void whatIsGone_isNoMember_andBreaksOffAWalkThatHadBegunWithIt() {
    Recorder recorder = new Recorder(0);
    assertThrows(GoneException.class, () -> TreeWalk.over(new Tree(GONE, 1), recorder));
    assertEquals(List.of(), recorder.visits);
    TreeWalk.over(new Tree(GONE + 1, 2), recorder);
    assertEquals(List.of("+1000001", "-1000001"), recorder.visits);
    assertThrows(GoneException.class, () -> TreeWalk.over(new Tree(GOING, 1), recorder));
    assertEquals(List.of("+1000001", "-1000001", "+2000000"), recorder.visits);
    assertEquals(0, OPEN.get());
  }

  @Test
  void whatIsThrown_leavesNothingOpen() {
    assertThrows(
        IllegalStateException.class,
        () ->
            TreeWalk.over(
                new Tree(9, 1),
                resource -> {
                  if (((Tree) resource).depth() == 3) {
                    throw new IllegalStateException();
                  }
                }));
    assertEquals(0, OPEN.get());
  }
}
