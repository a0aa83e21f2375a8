package iotbox.box.http;

import iotbox.box.http.limit.Onward;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Has requests that wait for nothing answered by the thread that hears of them, and hands all
 * others to the server's threads. Without it the connection itself is handed on from thread to
 * thread for each request, which takes about as long as saying hello.
 *
 * <p>So who is connected hears hello while no thread is free, too; {@link SelfGreeting} asks for
 * something else.
 */
final class QuickRequests extends Handler.Wrapper {
  private final Set<String> paths;
  private final QueuedThreadPool threads;

  /**
   * @param paths where nothing is waited for, by whatever method: not by what answers there, and
   *     not by the checks before
   */
  QuickRequests(Set<String> paths, QueuedThreadPool threads) {
    this.paths = paths;
    this.threads = threads;
  }

  /** Jetty calls it on the threads that listen to all connections. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (paths.contains(request.getHttpURI().getPath())) {
      return super.handle(request, response, callback);
    }
    Runnable rest = () -> Onward.handle(getHandler(), request, response, callback);
    if (!threads.tryExecute(rest)) { // No thread stands ready: it waits for one, or for a new one.
      threads.execute(rest);
    }
    return true;
  }
}
