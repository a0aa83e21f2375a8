package iotbox.box.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The envelope of Odoo's JSON-RPC: takes {@code {"params": {…}}} apart, and answers HTTP 200 with a
 * {@code result} or an {@code error}. A request that is not JSON-RPC at all gets an HTTP error
 * instead.
 */
final class JsonRpc {
  /** A result for which the answer has no {@code result} key: a long poll to which nothing came. */
  static final Object NOTHING = new Object();

  private static final Logger LOG = LoggerFactory.getLogger(JsonRpc.class);

  private final Executor answers;

  /** A call that answers at once. */
  @FunctionalInterface
  interface Method {
    Object call(Params params) throws RpcException;
  }

  /** A call whose answer comes later, on any thread; it may fail with a {@link RpcException}. */
  @FunctionalInterface
  interface LaterMethod {
    CompletableFuture<?> call(Params params) throws RpcException;
  }

  /**
   * @param answers where answers that come later are written, since whoever brings them (a driver
   *     that publishes) must not wait for slow clients
   */
  JsonRpc(Executor answers) {
    this.answers = answers;
  }

  /** The handler of a route that answers at once. */
  Handler now(Method method) {
    return later(params -> CompletableFuture.completedFuture(method.call(params)));
  }

  /** The handler of a route that answers when it can; no thread waits meanwhile. */
  Handler later(LaterMethod method) {
    return ctx -> {
      Call call = Call.of(ctx);
      CompletableFuture<?> result;
      try {
        result = method.call(call.params());
      } catch (RpcException e) {
        call.fail(ctx, e);
        return;
      }
      if (result.isDone()) {
        call.end(ctx, result);
      } else {
        ctx.future(() -> held(ctx, call, result));
      }
    };
  }

  private CompletableFuture<Void> held(Context ctx, Call call, CompletableFuture<?> result) {
    AbandonedRequest.watch(ctx.req(), result);
    CompletableFuture<Void> answered = new CompletableFuture<>();
    result.whenComplete(
        (value, failure) ->
            answers.execute(
                () -> {
                  if (!result.isCancelled()) {
                    call.end(ctx, result);
                  }
                  answered.complete(null);
                }));
    return answered;
  }

  /** One request: what was asked, and the id to answer with. */
  private record Call(Object id, Params params) {

    static Call of(Context ctx) throws IOException, RefusedException {
      Map<?, ?> body = RequestBody.object(ctx);
      Object params = body.get("params");
      if (params == null) {
        params = Map.of();
      }
      if (params instanceof Map<?, ?> named) {
        return new Call(body.get("id"), new Params(named));
      }
      throw new RefusedException(400, "\"params\" must be a JSON object.");
    }

    /** Answers with what the future holds. */
    void end(Context ctx, CompletableFuture<?> result) {
      try {
        Object value = result.join();
        Map<String, Object> answer = envelope();
        if (value != NOTHING) {
          answer.put("result", value);
        }
        send(ctx, answer);
      } catch (CompletionException e) {
        fail(ctx, e.getCause());
      } catch (RuntimeException e) {
        fail(ctx, e);
      }
    }

    void fail(Context ctx, Throwable failure) {
      String name = "InternalError";
      String message =
          "The box could not answer because of a fault of its own; its log tells more.";
      if (failure instanceof RpcException expected) {
        name = expected.name();
        message = expected.getMessage();
      } else {
        LOG.error("{} failed", ctx.path(), failure);
      }
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("name", name);
      data.put("message", message);
      data.put("debug", "");
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", 200);
      error.put("message", "Odoo Server Error"); // Web clients know this one and show the data's.
      error.put("data", data);
      Map<String, Object> answer = envelope();
      answer.put("error", error);
      send(ctx, answer);
    }

    private Map<String, Object> envelope() {
      Map<String, Object> envelope = new LinkedHashMap<>();
      envelope.put("jsonrpc", "2.0");
      envelope.put("id", id);
      return envelope;
    }

    private static void send(Context ctx, Map<String, Object> answer) {
      Answers.json(ctx, answer);
    }
  }
}
